using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>Reads YAML with merge keys resolved. Unquoted numbers and flags are numbers and flags, as the programs that take the files see them.</summary>
internal static class YamlFile
{
    /// <returns>One node per document.</returns>
    public static IReadOnlyList<JsonNode> Read(string name) => Parse(Repository.Text(name));

    public static IReadOnlyList<JsonNode> Parse(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(Node(deserializer.Deserialize<object>(parser))!);
        }

        return documents;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(k => KeyValuePair.Create($"{k}", Node(map[k])))),
        IList list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}
