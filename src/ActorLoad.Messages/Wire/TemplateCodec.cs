using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Wire;

/// <summary>A template as its source, whether that is secret, and whether it has fields at all.</summary>
internal static class TemplateCodec
{
    private const byte Secret = 1;
    private const byte Literal = 2;

    public static void Write(WireWriter writer, Template value)
    {
        writer.Byte((byte)((value.IsSecret ? Secret : 0) | (value.IsLiteral ? Literal : 0)));
        writer.Text(value.Source);
    }

    public static Template? Read(ref WireReader reader)
    {
        var flags = reader.Byte();
        if (reader.Text() is not { } source || flags > (Secret | Literal))
        {
            throw new WireFormatException("a template has no source or unknown flags");
        }

        var secret = (flags & Secret) != 0;
        try
        {
            return (flags & Literal) != 0 ? Template.Literal(source, secret) : Template.Parse(source, secret);
        }
        catch (FormatException e)
        {
            // The message shows the source, which may be secret.
            throw new WireFormatException("a template has a field that is not closed or not known", secret ? null : e);
        }
    }
}
