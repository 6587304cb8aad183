using System.CommandLine;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Cli;

/// <summary>How the target is reached, for the commands that need no scenario file; each option is a key of <c>scenario.http</c>.</summary>
internal sealed class TransportOptions
{
    private readonly Option<bool> _http2 = new("--http2") { Description = "HTTP/2: over TLS by ALPN, else with prior knowledge." };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Accepts any certificate." };
    private readonly Option<string?> _caFile = File("--ca-file", "PEM file with the only authorities to trust.");
    private readonly Option<string?> _clientCert = File("--client-cert", "PEM file with the certificate shown to the server.");
    private readonly Option<string?> _clientKey = File("--client-key", "PEM file with its key, unless it stands in the same file.");

    private readonly Option<string[]> _resolve = new("--resolve")
    {
        Description = "Connects to this address for a host, such as example.test=127.0.0.1:8443; may be given several times.",
        HelpName = "host=address",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]>? _sources;
    private readonly Option<int?>? _sharing;

    /// <param name="many">Whether the command opens many streams.</param>
    public TransportOptions(bool many)
    {
        _resolve.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.Split('=') is not [var host, var address] || !HostMap.IsHost(host) || !HostMap.IsAddress(address)))
            {
                result.AddError($"--resolve: expected host[:port]=address[:port], found '{token.Value}'");
            }
        });
        if (many)
        {
            _sharing = CliOptions.Value("--streams-per-connection", ValueKinds.Whole(1, 1_000_000), "Streams that share one HTTP/2 connection. Default: 1.");
            _sources = new Option<string[]>("--source-addresses")
            {
                Description = "Local addresses to connect from in turn: one, a range such as 127.0.1.1-127.0.1.9, or a CIDR block; may be given several times.",
                HelpName = "range",
                Arity = ArgumentArity.OneOrMore,
                AllowMultipleArgumentsPerToken = false,
                DefaultValueFactory = _ => [],
            };
            _sources.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(t => AddressRange.Parse(t.Value) is null))
                {
                    result.AddError($"--source-addresses: expected an IP address, a range or a CIDR block, found '{token.Value}'");
                }
            });
        }
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option?[] { _http2, _sharing, _sources, _resolve, _caFile, _clientCert, _clientKey, _insecure }.OfType<Option>())
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_clientKey) is not null && result.GetValue(_clientCert) is null)
            {
                result.AddError("--client-key needs --client-cert as well");
            }

            if (_sharing is not null && result.GetValue(_sharing) > 1 && !result.GetValue(_http2))
            {
                result.AddError("--streams-per-connection needs --http2 as well");
            }
        });
    }

    public HttpSettings Read(ParseResult parsed) => new()
    {
        Version = parsed.GetValue(_http2) ? "2" : "1.1",
        StreamsPerConnection = (_sharing is null ? null : parsed.GetValue(_sharing)) ?? 1,
        SourceAddresses = (_sources is null ? null : parsed.GetValue(_sources)) ?? [],
        Resolve = parsed.GetValue(_resolve)!.Select(r => r.Split('=')).GroupBy(r => r[0], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last()[1]),
        Tls = new TlsSettings
        {
            CaFile = Full(parsed.GetValue(_caFile)),
            ClientCertFile = Full(parsed.GetValue(_clientCert)),
            ClientKeyFile = Full(parsed.GetValue(_clientKey)),
            Insecure = parsed.GetValue(_insecure),
        },
    };

    // The run folder's scenario.conf is read from elsewhere.
    private static string Full(string? file) => file is null ? "" : Path.GetFullPath(file);

    private static Option<string?> File(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "file" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !System.IO.File.Exists(token.Value))
            {
                result.AddError($"{name}: there is no file '{token.Value}'");
            }
        });
        return option;
    }
}
