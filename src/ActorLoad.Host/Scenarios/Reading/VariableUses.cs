using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Which variables the steps of one user type extract, and which their templates show.</summary>
internal sealed class VariableUses
{
    private readonly HashSet<string> _extracted = [];
    private readonly List<(string Variable, HoconPosition At, string Path)> _used = [];

    public void Extracted(string variable) => _extracted.Add(variable);

    public void Used(string variable, HoconPosition at, string path) => _used.Add((variable, at, path));

    public void Check(string userType, ReadContext context)
    {
        foreach (var (variable, at, path) in _used)
        {
            if (!_extracted.Contains(variable))
            {
                context.Add(at, path, $"no request of user type '{userType}' extracts a variable '{variable}'{NearestName.Hint(variable, _extracted)}");
            }
        }
    }
}
