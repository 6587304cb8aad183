using System.Net.Sockets;
using System.Security.Authentication;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class TransportErrorsTests
{
    public static TheoryData<Exception, FailureReason> Connecting => new()
    {
        { new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), FailureReason.Connect },
        { new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), FailureReason.Connect },
        { new HttpRequestException("x", new AuthenticationException("no")), FailureReason.Tls },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "x"), FailureReason.Tls },
        { new HttpRequestException(HttpRequestError.ResponseEnded, "x"), FailureReason.Connect },
        { new HttpRequestException("x", new HttpIOException(HttpRequestError.ResponseEnded)), FailureReason.Connect },
        { new HttpRequestException(HttpRequestError.InvalidResponse, "x"), FailureReason.Protocol },
        { new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "x"), FailureReason.Protocol },
        { new HttpRequestException("x", new TransportException(FailureReason.Timeout, "late")), FailureReason.Timeout },
        { new HttpRequestException("x", new IOException("y")), FailureReason.Connect },
        { new NotSupportedException("x"), FailureReason.Protocol },
    };

    public static TheoryData<Exception, FailureReason> Reading => new()
    {
        { new IOException("x", new SocketException((int)SocketError.ConnectionReset)), FailureReason.Reset },
        { new SocketException((int)SocketError.TimedOut), FailureReason.Reset },
        { new HttpIOException(HttpRequestError.ResponseEnded), FailureReason.Truncated },
        { new HttpIOException(HttpRequestError.InvalidResponse), FailureReason.Protocol },
        { new HttpRequestException(HttpRequestError.InvalidResponse, "x"), FailureReason.Protocol },
        { new InvalidDataException("broken gzip"), FailureReason.Protocol },
        { new IOException("x"), FailureReason.Reset },
    };

    [Theory]
    [MemberData(nameof(Connecting))]
    public void Errors_before_the_headers_have_a_reason(Exception error, FailureReason expected) =>
        Assert.Equal(expected, TransportErrors.WhileConnecting(error).Reason);

    [Theory]
    [MemberData(nameof(Reading))]
    public void Errors_of_an_open_stream_have_a_reason(Exception error, FailureReason expected) =>
        Assert.Equal(expected, TransportErrors.WhileReading(error).Reason);

    [Fact]
    public void A_message_is_one_short_line()
    {
        var (_, message) = TransportErrors.WhileReading(new IOException("a\r\nb" + new string('x', 5000)));

        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 100, 220);
    }
}
