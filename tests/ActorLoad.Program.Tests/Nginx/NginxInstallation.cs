namespace ActorLoad.Program.Tests.Nginx;

/// <summary>Where nginx and its nchan module are, and the configuration around what a test wants.</summary>
internal static class NginxInstallation
{
    private static readonly string[] Programs = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

    private static readonly string[] Modules =
        ["/usr/lib/nginx/modules/ngx_nchan_module.so", "/usr/share/nginx/modules/ngx_nchan_module.so"];

    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Program => Find(Programs);

    public static string Configuration(string folder, int port, string locations, string listenOptions = "") =>
        $$"""
        load_module {{Find(Modules)}};
        daemon off;
        pid {{folder}}/nginx.pid;
        error_log stderr warn;
        worker_processes 1;
        worker_shutdown_timeout 1s;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            server {
                listen 127.0.0.1:{{port}} {{listenOptions}};
        {{locations}}
            }
        }

        """;

    private static string Find(string[] places) =>
        places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"None of {string.Join(", ", places)} is there. These tests need nginx with the nchan module "
            + "(Debian packages nginx and libnginx-mod-nchan); ./test.sh installs them.");
}
