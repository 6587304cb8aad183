namespace ActorLoad.Host.Reports.Folders;

/// <summary>A run folder cannot be made, written or read. The message is one sentence for the user, without a stack trace.</summary>
public sealed class RunFolderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kinds of exception by which the file system says no.</summary>
    public static bool IsFileTrouble(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;
}
