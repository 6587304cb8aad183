using ActorLoad.Host.Reports.Model;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>Turns what went wrong into a <see cref="ProblemAnswer"/>.</summary>
internal static class Refusals
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (RequestException e)
        {
            return Problem(e.Status, e.Message);
        }
        catch (NoCoordinatorException e)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            // Kestrel's own: the body is too large, or broke off.
            return Problem(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ProblemBodies.TooLarge(context.HttpContext.Request)
                : "the request cannot be read");
        }
    }

    private static IResult Problem(int status, string problem) => Results.Json(new ProblemAnswer(problem), ReportJson.Line, statusCode: status);
}
