namespace ActorLoad.Benchmarks;

/// <summary>An empty folder that is gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("actorload-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
