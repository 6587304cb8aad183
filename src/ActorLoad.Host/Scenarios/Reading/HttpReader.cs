using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.http</c>.</summary>
internal static class HttpReader
{
    /// <param name="baseUrl">Null when it is broken and reported already.</param>
    public static HttpSettings Read(Section scenario, Uri? baseUrl)
    {
        var defaults = new HttpSettings();
        if (scenario.Object("http") is not { } http)
        {
            return defaults;
        }

        var settings = new HttpSettings
        {
            Version = Version(http),
            StreamsPerConnection = http.Value("streams-per-connection", ValueKinds.Whole(1, 1_000_000), defaults.StreamsPerConnection),
            SourceAddresses = DialingReader.SourceAddresses(http),
            Resolve = DialingReader.Resolve(http),
            ConnectTimeout = http.Value("connect-timeout", ValueKinds.PositiveDuration, defaults.ConnectTimeout),
            HeaderTimeout = http.Value("header-timeout", ValueKinds.PositiveDuration, defaults.HeaderTimeout),
            MaxConnecting = http.Value("max-connecting", ValueKinds.Whole(1, 1_000_000), defaults.MaxConnecting),
            Compression = http.Value("compression", ValueKinds.Flag, defaults.Compression),
            Cookies = http.Value("cookies", ValueKinds.Flag, defaults.Cookies),
            Proxy = DialingReader.Proxy(http),
            Headers = PairReader.Headers(http),
            Tls = http.Object("tls") is { } tls ? Tls(tls) : defaults.Tls,
        };
        if (settings.StreamsPerConnection > 1 && !settings.IsHttp2)
        {
            http.Mistake("streams-per-connection", "only HTTP/2 streams can share a connection; set version = \"2\"");
        }

        if (settings is { IsHttp2: true, Proxy.Scheme: "http" } && baseUrl is { Scheme: "http" })
        {
            http.Mistake("proxy", "an http proxy carries HTTP/2 to https targets only");
        }

        if (settings.Proxy is not null && settings.Tls.ServerName.Length > 0)
        {
            http.Mistake("proxy", "tls.server-name is not possible through a proxy");
        }

        http.Close();
        return settings;
    }

    private static string Version(Section http)
    {
        const string expected = "\"1.1\" or \"2\"";
        var version = http.Text("version", "1.1", expected);
        if (version is "2" or "2.0")
        {
            return "2";
        }

        if (version != "1.1")
        {
            http.Unexpected(http.Take("version")!, http.PathOf("version"), expected);
        }

        return "1.1";
    }

    private static TlsSettings Tls(Section tls)
    {
        var before = tls.Context.Mistakes.Count;
        var settings = new TlsSettings
        {
            CaFile = File(tls, "ca-file"),
            ClientCertFile = File(tls, "client-cert-file"),
            ClientKeyFile = File(tls, "client-key-file"),
            ServerName = ServerName(tls),
            Insecure = tls.Value("insecure", ValueKinds.Flag, false),
        };
        if (settings.ClientKeyFile.Length > 0 && settings.ClientCertFile.Length == 0)
        {
            tls.Mistake("client-key-file", "a client key needs client-cert-file as well");
        }
        else if (tls.Context.Mistakes.Count == before && TlsFiles.ProblemWith(settings) is { } problem)
        {
            // Names that came from the environment are not shown.
            var secret = new[] { settings.CaFile, settings.ClientCertFile, settings.ClientKeyFile }.Any(tls.Context.Secrets.Contains);
            tls.Context.Add(tls.At, tls.Path, secret ? "a certificate file cannot be used" : problem);
        }

        tls.Close();
        return settings;
    }

    private static string ServerName(Section tls)
    {
        const string expected = "a host name";
        var name = tls.Text("server-name", "", expected);
        if (name.Length > 0 && Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            tls.Unexpected(tls.Take("server-name")!, tls.PathOf("server-name"), expected);
        }

        return name;
    }

    /// <summary>A relative name is looked up beside the file that says so (beside the current folder for <c>--set</c>).</summary>
    public static string File(Section tls, string key)
    {
        var name = tls.Text(key, "", "a file name");
        if (name.Length == 0)
        {
            return name;
        }

        var at = tls.Take(key)!.At;
        var folder = at.Line > 0 ? Path.GetDirectoryName(Path.GetFullPath(at.File)) : null;
        var full = Path.GetFullPath(name, folder ?? Environment.CurrentDirectory);
        if (!System.IO.File.Exists(full))
        {
            tls.Mistake(key, tls.Context.Secrets.Contains(name) ? "there is no such file" : $"there is no file '{full}'");
        }

        if (tls.Context.Secrets.Contains(name))
        {
            tls.Context.Secrets.Add(full);
        }

        return full;
    }
}
