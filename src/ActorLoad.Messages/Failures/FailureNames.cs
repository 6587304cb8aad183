using System.Text;

namespace ActorLoad.Messages.Failures;

/// <summary>The outward names of the failure enums: lower-case words joined by '-'.</summary>
public static class FailureNames
{
    private static readonly string[] Reasons = [.. Enum.GetNames<FailureReason>().Select(n => Join(n, '-'))];
    private static readonly string[] Wheres = [.. Enum.GetNames<FailureWhere>().Select(n => Join(n, '-'))];

    public static string Name(this FailureReason reason) => Reasons[(int)reason];

    public static string Name(this FailureWhere where) => Wheres[(int)where];

    /// <summary><c>TimeToFirstEvent</c> with '_' gives <c>time_to_first_event</c>.</summary>
    public static string Join(string pascal, char separator)
    {
        var text = new StringBuilder(pascal.Length + 8);
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
