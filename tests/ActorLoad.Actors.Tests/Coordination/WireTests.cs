using System.Collections;
using System.Reflection;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>What may travel between nodes is plain data, all the way down.</summary>
public sealed class WireTests
{
    private static readonly HashSet<Type> Plain =
        [typeof(string), typeof(decimal), typeof(Uri), typeof(TimeSpan), typeof(DateTimeOffset), typeof(DateTime), typeof(Guid)];

    private static readonly Type[] All =
    [
        .. typeof(IActorLoadMessage).Assembly.GetTypes()
            .Concat(typeof(Actors.Coordination.WorkerActor).Assembly.GetTypes())
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(IActorLoadMessage))),
    ];

    public static TheoryData<Type> Messages => new(All);

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_between_nodes_is_plain_data(Type message) => Assert.Empty(Foreign(message));

    [Fact]
    public void All_messages_of_the_protocols_are_looked_at()
    {
        Assert.Superset(typeof(WorkerProtocol).GetNestedTypes().ToHashSet(), All.ToHashSet());
        Assert.Superset(typeof(RunProtocol).GetNestedTypes().ToHashSet(), All.ToHashSet());
    }

    [Theory]
    [InlineData(typeof(Bad<IActorRef>))]
    [InlineData(typeof(Bad<Action>))]
    [InlineData(typeof(Bad<Func<int>>))]
    [InlineData(typeof(Bad<Task<int>>))]
    [InlineData(typeof(Bad<Stream>))]
    [InlineData(typeof(Bad<object>))]
    [InlineData(typeof(Bad<IReadOnlyList<IActorRef>>))]
    [InlineData(typeof(Bad<Dictionary<string, Stream>>))]
    [InlineData(typeof(Bad<Bad<Task>>))]
    public void Anything_else_would_be_found(Type message) => Assert.NotEmpty(Foreign(message));

    [Theory]
    [InlineData(typeof(Bad<int?>))]
    [InlineData(typeof(Bad<byte[]>))]
    [InlineData(typeof(Bad<IReadOnlyList<KeyValuePair<string, StopMode>>>))]
    [InlineData(typeof(Bad<Step>))]
    public void Plain_data_is_not_complained_about(Type message) => Assert.Empty(Foreign(message));

    private static List<string> Foreign(Type message)
    {
        var found = new List<string>();
        Walk(message, message.Name, [], found);
        return found;
    }

    private static void Walk(Type type, string path, HashSet<Type> seen, List<string> found)
    {
        if (type.IsPrimitive || type.IsEnum || Plain.Contains(type) || !seen.Add(type))
        {
            return;
        }

        if (type.IsArray)
        {
            Walk(type.GetElementType()!, $"{path}[]", seen, found);
        }
        else if (type.IsGenericType && (IsBuiltIn(type) || type.IsAssignableTo(typeof(IEnumerable))) && !type.IsAssignableTo(typeof(Delegate)))
        {
            foreach (var argument in type.GetGenericArguments())
            {
                Walk(argument, $"{path}<>", seen, found);
            }
        }
        else if (IsOwn(type) && !type.IsAssignableTo(typeof(Delegate)))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            {
                if (property.Name != "EqualityContract")
                {
                    Walk(property.PropertyType, $"{path}.{property.Name}", seen, found);
                }
            }

            foreach (var derived in type.Assembly.GetTypes().Where(t => t != type && t.IsAssignableTo(type)))
            {
                Walk(derived, $"{path}({derived.Name})", seen, found);
            }
        }
        else
        {
            found.Add($"{path} is a {type}");
        }
    }

    private static bool IsBuiltIn(Type type) =>
        type.GetGenericTypeDefinition() == typeof(Nullable<>) || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsOwn(Type type) =>
        type.Assembly == typeof(IActorLoadMessage).Assembly || type.DeclaringType == typeof(WireTests);

    private sealed record Bad<T>(T Value);
}
