using ActorLoad.Host.Running;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>How a run travels over HTTP: the bytes of a <see cref="RunProtocol.SubmitRun"/>, as nodes send it to each other.</summary>
internal static class SubmitBody
{
    public const string ContentType = "application/x-actorload";

    /// <summary>Header with the protocol version that the bytes are in.</summary>
    public const string ProtocolHeader = "ActorLoad-Protocol";

    private static readonly string Manifest = WireMessages.Manifests.Single(m => m.Value == typeof(RunProtocol.SubmitRun)).Key;

    public static byte[] Write(RunProtocol.SubmitRun submit) => WireMessages.Encode(submit);

    /// <exception cref="RequestException">The request is none that this node understands.</exception>
    public static async Task<RunProtocol.SubmitRun> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var version = request.Headers[ProtocolHeader].ToString();
        if (version != $"{WireMessages.ProtocolVersion}")
        {
            throw new RequestException(
                StatusCodes.Status409Conflict,
                $"this node (actorload {ProgramVersion.Text}) has protocol version {WireMessages.ProtocolVersion}, the request {(version.Length == 0 ? "names none" : $"'{version}'")}: use the same version of actorload");
        }

        if (request.ContentType != ContentType)
        {
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, $"expected a body of content type {ContentType}");
        }

        try
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellation).ConfigureAwait(false);
            return (RunProtocol.SubmitRun)WireMessages.Decode(Manifest, body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (WireFormatException e)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"the body cannot be read: {e.Message}");
        }
    }
}
