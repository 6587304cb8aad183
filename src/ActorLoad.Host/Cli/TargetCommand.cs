using System.CommandLine;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Host.Target;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Cli;

/// <summary><c>target</c>: the embedded target alone, until it is stopped.</summary>
internal static class TargetCommand
{
    public static Command Create()
    {
        var defaults = new TargetOptions();
        var urls = new Option<string>("--urls") { Description = "Where to listen; several are separated by ';'. Schemes: http, https (HTTP/2, too), h2c (HTTP/2 without TLS).", DefaultValueFactory = _ => defaults.Urls };
        var certificate = new Option<string?>("--tls-cert") { Description = "PEM file with the certificate of https addresses.", HelpName = "file" };
        var key = new Option<string?>("--tls-key") { Description = "PEM file with its key, unless it stands in the same file.", HelpName = "file" };
        var selfSigned = new Option<bool>("--tls-self-signed") { Description = "https addresses get a certificate that nobody trusts." };
        var sendBuffer = CliOptions.Value("--send-buffer", ValueKinds.Size, "The kernel's send buffer of each connection: small ones make slow clients felt. Default: the system's.");
        var allowRemote = new Option<bool>("--allow-remote") { Description = "Allows addresses beyond loopback; needs a token." };
        var token = new Option<string?>("--token") { Description = "Demanded of every request as 'Authorization: Bearer'. Better given as ACTORLOAD_TARGET_TOKEN." };
        var interval = CliOptions.Value("--interval", ValueKinds.PositiveDuration, "Between two events of a channel. Default: 1s.");
        var ring = CliOptions.Value("--ring", ValueKinds.Whole(1), "Events that a channel keeps for replay. Default: 10000.");
        var retry = CliOptions.Value("--retry", ValueKinds.Duration, "Sent as retry: when a stream opens; 0 sends none. Default: 1s.");
        var heartbeat = CliOptions.Value("--heartbeat", ValueKinds.Duration, "Between two comments of a stream; 0 sends none. Default: 5s.");
        var firstToken = CliOptions.Value("--first-token", ValueKinds.Duration, "From a chat completion's request to its first token. Default: 200ms.");
        var tokenGap = CliOptions.Value("--token-gap", ValueKinds.Duration, "Between two tokens of a chat completion. Default: 20ms.");
        var clockOffset = CliOptions.Value("--clock-offset", ValueKinds.SignedDuration, "How far its clock is ahead of this machine's; negative as --clock-offset=-1s. Default: 0.");
        var seed = CliOptions.Value("--seed", ValueKinds.Whole(0), "Of payloads and faults. Default: 1.");
        var journal = new Option<string?>("--journal") { Description = "A folder that keeps the channels' events over restarts.", HelpName = "dir" };
        var acceptLog = new Option<string?>("--accept-log") { Description = "A file to append what was accepted in each tenth of a second.", HelpName = "file" };
        var cutAfter = CliOptions.Value("--cut-after", ValueKinds.Whole(1), "Ends every stream cleanly after as many events.");
        var resetAfter = CliOptions.Value("--reset-after", ValueKinds.Whole(1), "Resets every stream's connection after as many events.");
        var stallAfter = CliOptions.Value("--stall-after", ValueKinds.Whole(1), "Falls silent on every stream after as many events.");
        var refuse = CliOptions.Value("--refuse", ValueKinds.Whole(0, 100), "Percent of streams refused with 503.");
        var command = new Command("target", "Runs the embedded target alone: a server to try scenarios on.")
        {
            urls, certificate, key, selfSigned, sendBuffer, allowRemote, token, interval, ring, retry, heartbeat, clockOffset, firstToken, tokenGap,
            seed, journal, acceptLog, cutAfter, resetAfter, stallAfter, refuse,
        };
        command.SetAction(async (parsed, _) =>
        {
            var options = new TargetOptions
            {
                Urls = parsed.GetValue(urls)!,
                TlsCertFile = parsed.GetValue(certificate),
                TlsKeyFile = parsed.GetValue(key),
                TlsSelfSigned = parsed.GetValue(selfSigned),
                SendBuffer = parsed.GetValue(sendBuffer) ?? 0,
                AllowRemote = parsed.GetValue(allowRemote),
                Token = parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("ACTORLOAD_TARGET_TOKEN"),
                Interval = parsed.GetValue(interval) ?? defaults.Interval,
                RingSize = parsed.GetValue(ring) ?? defaults.RingSize,
                RetryMs = parsed.GetValue(retry) is { } r ? (int)r.TotalMilliseconds : defaults.RetryMs,
                HeartbeatInterval = parsed.GetValue(heartbeat) ?? defaults.HeartbeatInterval,
                FirstTokenDelay = parsed.GetValue(firstToken) ?? defaults.FirstTokenDelay,
                TokenGap = parsed.GetValue(tokenGap) ?? defaults.TokenGap,
                ClockOffset = parsed.GetValue(clockOffset) ?? defaults.ClockOffset,
                Seed = parsed.GetValue(seed) ?? defaults.Seed,
                JournalDirectory = parsed.GetValue(journal),
                AcceptLog = parsed.GetValue(acceptLog),
                Faults = TargetFaults.None with
                {
                    CutAfter = parsed.GetValue(cutAfter),
                    ResetAfter = parsed.GetValue(resetAfter),
                    StallAfter = parsed.GetValue(stallAfter),
                    RefusePercent = parsed.GetValue(refuse) ?? 0,
                },
            };
            return await RunAsync(options).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(TargetOptions options)
    {
        using var interruption = new Interruption();
        try
        {
            await using var target = await EmbeddedTarget.StartAsync(options, interruption.Token).ConfigureAwait(false);
            foreach (var url in target.Urls)
            {
                await Console.Out.WriteLineAsync($"listening on {url}").ConfigureAwait(false);
            }

            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = interruption.Token.Register(stopped.SetResult).ConfigureAwait(false);
            await stopped.Task.ConfigureAwait(false);
            return ExitCodes.Passed;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }
}
