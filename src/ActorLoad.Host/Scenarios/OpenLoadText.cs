using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Host.Scenarios;

/// <summary>Writes an open plan as HOCON; a capped one as the shorter plan that it is.</summary>
internal static class OpenLoadText
{
    public static void Write(HoconWriter writer, LoadPlan load)
    {
        writer.Set("model", "open");
        writer.Set("max-users", load.MaxUsers.ToString(CultureInfo.InvariantCulture));
        writer.Set("start-rate", Rate(load.Stages[0].From));
        writer.List("stages", () =>
        {
            foreach (var stage in load.Stages.Where(s => s.Start < load.Duration))
            {
                var length = stage.End <= load.Duration ? stage.Duration : load.Duration - stage.Start;
                var share = stage.Duration == TimeSpan.Zero ? 1 : length / stage.Duration;
                writer.Line($"{{ duration = {Units.Text(length)}, rate = {Rate(stage.From + ((stage.To - stage.From) * share))} }}");
            }
        });
    }

    /// <summary>Never in exponent form, which numbers of scenarios do not take.</summary>
    internal static string Rate(double rate) => rate.ToString("0.##########", CultureInfo.InvariantCulture);
}
