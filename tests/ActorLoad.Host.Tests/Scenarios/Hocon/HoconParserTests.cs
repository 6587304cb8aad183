using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Tests.Scenarios.Hocon;

public sealed class HoconParserTests
{
    [Theory]
    [InlineData("a = 1", "{a:'1'}")]
    [InlineData("{ a : 1, b : two words , }", "{a:'1',b:'two words'}")]
    [InlineData("a.b.c = 1\na.b.d = 2", "{a:{b:{c:'1',d:'2'}}}")]
    [InlineData("a { b = 1 }\na { c = 2 }\na.b = 3", "{a:{b:'3',c:'2'}}")]
    [InlineData("a = { b = 1 } , a = 2, a { c = 3 }", "{a:{c:'3'}}")]
    [InlineData("\"a.b\".c = x", "{a.b:{c:'x'}}")]
    [InlineData("a = \"q \\\" \\n \\u0041\"", "{a:'q \" \n A'}")]
    [InlineData("a = \"\"\"raw \"quoted\" \\n\ntwo\"\"\"", "{a:'raw \"quoted\" \\n\ntwo'}")]
    [InlineData("a = \"\"\"{\"x\":\"y\"}\"\"\"", "{a:'{\"x\":\"y\"}'}")]
    [InlineData("a = \"\"\"ends with \"quote\"\"\"\"", "{a:'ends with \"quote\"'}")]
    [InlineData("a = [1, 2\n3,\n4,]", "{a:['1','2','3','4']}")]
    [InlineData("a = [[1], [], [{ b = c }]]", "{a:[['1'],[],[{b:'c'}]]}")]
    [InlineData("a = [1] [2]", "{a:['1','2']}")]
    [InlineData("a = 1 # comment\n// another\nb = 2 // third", "{a:'1',b:'2'}")]
    [InlineData("a = /path/x # not // in it", "{a:'/path/x'}")]
    [InlineData("a =\n  1\nb =\n {\n }", "{a:'1',b:{}}")]
    [InlineData("a += 1\na += 2", "{a:['1','2']}")]
    [InlineData("a = 1\na = null", "{}")]
    [InlineData("a = \"null\"", "{a:'null'}")]
    [InlineData("on-start = [ 1 ]   on-stop = [ 2 ] x { } y = 3", "{on-start:['1'],on-stop:['2'],x:{},y:'3'}")]
    [InlineData("\uFEFFa = 1\r\nb = 2\r\n", "{a:'1',b:'2'}")]
    [InlineData("", "{}")]
    public void Reads(string text, string expected) => Assert.Equal(expected, HoconReading.Json(HoconReading.Read(text)));

    [Theory]
    [InlineData("a = 1\nb = ${a}", "{a:'1',b:'1'}")]
    [InlineData("b = ${a.x}s\na.x = 5", "{b:'5s',a:{x:'5'}}")]
    [InlineData("b = Bearer ${a} !x\na = t", null)]
    [InlineData("b = \"Bearer \"${a}\" x\"\na = t", "{b:'Bearer t x',a:'t'}")]
    [InlineData("b = one ${a} two\na = t", "{b:'one t two',a:'t'}")]
    [InlineData("base { x = 1, y = 2 }\nb = ${base} { y = 3 }", "{base:{x:'1',y:'2'},b:{x:'1',y:'3'}}")]
    [InlineData("base { x = 1 }\nb = ${base}\nb.y = 3\nb.x = 4", "{base:{x:'1'},b:{x:'4',y:'3'}}")]
    [InlineData("a = [1]\na = ${a} [2]", "{a:['1','2']}")]
    [InlineData("a = 1\na = ${?nothing}", "{a:'1'}")]
    [InlineData("a = ${?nothing}\nb = [ ${?nothing}, 1 ]", "{b:['1']}")]
    [InlineData("a = x ${?nothing}", "{a:'x'}")]
    [InlineData("a { b = 1, c = ${a.b} }", "{a:{b:'1',c:'1'}}")]
    [InlineData("s { p { x = 1 } }\nl = [ ${s.p}, ${s.p} { y = 2 } ]", "{s:{p:{x:'1'}},l:[{x:'1'},{x:'1',y:'2'}]}")]
    [InlineData("a = ${b}\nb = ${c}\nc = 1", "{a:'1',b:'1',c:'1'}")]
    public void Substitutes(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<HoconException>(() => HoconReading.Read(text));
            return;
        }

        Assert.Equal(expected, HoconReading.Json(HoconReading.Read(text)));
    }

    [Theory]
    [InlineData("a = 1\nb = {\n c = 2\n", 2, "never closed")]
    [InlineData("a = [\n1\n", 1, "never closed")]
    [InlineData("a = 1\n}\n", 2, "found '}'")]
    [InlineData("a = 1\nb c = 2", 2, "expected '=', ':' or '{' after the key 'b'")]
    [InlineData("a = 1\nb\nc = 2", 2, "expected '=', ':' or '{' after the key 'b'")]
    [InlineData("a = http://x", 1, "':' cannot stand here; put the text in quotes")]
    [InlineData("\n\na = \"open\nb = 1", 3, "not closed on its line")]
    [InlineData("a = \"\"\"open\n\n", 1, "never closed")]
    [InlineData("a = \"\\q\"", 1, "unknown escape '\\q'")]
    [InlineData("a = \"\\u00", 1, "unknown escape '\\u'")]
    [InlineData("a =\n", 1, "the value of 'a' is missing")]
    [InlineData("x = 1\na = , b = 1", 2, "the value of 'a' is missing")]
    [InlineData("a = [ 1 } ]", 1, "'}'")]
    [InlineData("a = [ {} b ]", 1, "expected ',' or ']'")]
    [InlineData("a = [ , 1 ]", 1, "an element of the list is missing")]
    [InlineData("a = ${b", 1, "never closed")]
    [InlineData("a = $b", 1, "'$' cannot stand here")]
    [InlineData("a. = 1", 1, "expected a key")]
    [InlineData("[ 1 ]", 1, "found a list")]
    [InlineData("{ a = 1 } b = 2", 1, "after the end")]
    public void Names_the_line_of_a_syntax_error(string text, int line, string message)
    {
        var error = Assert.Throws<HoconException>(() => HoconReading.Read(text));
        Assert.Equal(line, error.At.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_prefix_of_a_text_is_read_or_refused_with_a_line_that_exists()
    {
        const string text = "a { b = \"x\\n\", c = [ 1, ${?d} { e = 2 } ] }\n# c\nd = \"\"\"t\n\"\"\"\nf.\"g\" += 1 2\n";
        for (var length = 0; length <= text.Length; length++)
        {
            var part = text[..length];
            try
            {
                HoconReading.Read(part, []);
            }
            catch (HoconException e)
            {
                Assert.InRange(e.At.Line, 1, part.Count(c => c == '\n') + 1);
            }
        }
    }

    [Fact]
    public void Nesting_beyond_reason_is_an_error_and_no_crash()
    {
        Assert.Throws<HoconException>(() => HoconReading.Read("a = " + new string('[', 100_000)));
        Assert.Throws<HoconException>(() => HoconReading.Read(string.Concat(Enumerable.Repeat("a {", 100_000))));
        var chain = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"k{i} = ${{k{i + 1}}}"));
        Assert.Throws<HoconException>(() => HoconReading.Read(chain + "\nk10000 = 1"));
    }

    [Theory]
    [InlineData("x = 1\na = ${b}\nb = ${a}", "broken")]
    [InlineData("x = 1\na = ${nothing.here}", "broken")]
    [InlineData("x = 1\na = [1] text", null)]
    [InlineData("x = 1\na = ${x} { y = 1 }", "broken")]
    public void What_cannot_be_resolved_is_reported_once_with_its_line(string text, string? expected)
    {
        var problems = new List<string>();
        if (expected is null)
        {
            Assert.Throws<HoconException>(() => HoconReading.Read(text, problems));
            return;
        }

        Assert.Equal(expected, HoconReading.Json(HoconReading.Read(text, problems)["a"]));
        Assert.StartsWith(text.Contains("= ${a}", StringComparison.Ordinal) ? "3: " : "2: ", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_from_the_environment_are_secret_and_lose_against_the_file()
    {
        var root = HoconReading.Read(
            "a = ${TOKEN}\nb = \"Bearer \"${?TOKEN}\nc = ${HOME}\nHOME = file\nd = [ ${TOKEN} ]\ne = ${a}",
            environment: name => name is "TOKEN" or "HOME" ? "from-env" : null);
        Assert.Equal("{a:'from-env',b:'Bearer from-env',c:'file',HOME:'file',d:['from-env'],e:'from-env'}", HoconReading.Json(root));
        Assert.True(((HoconScalar)root["a"]!).Secret);
        Assert.True(((HoconScalar)root["b"]!).Secret);
        Assert.True(((HoconScalar)root["e"]!).Secret);
        Assert.False(((HoconScalar)root["c"]!).Secret);
    }

    [Fact]
    public void Every_value_knows_its_line()
    {
        var root = HoconReading.Read("""
            # first
            a {
              b.c = [
                1 # c

                { d = "x" }
              ], e = y
            }
            t = "\""
            u = 1
            """);
        var a = (HoconObject)root["a"]!;
        var c = (HoconArray)((HoconObject)a["b"]!)["c"]!;
        Assert.Equal((2, 3, 4, 6), (a.At.Line, c.At.Line, c.Items[0].At.Line, c.Items[1].At.Line));
        Assert.Equal(6, ((HoconObject)c.Items[1])["d"]!.At.Line);
        Assert.Equal((7, 9, 10), (a["e"]!.At.Line, root["t"]!.At.Line, root["u"]!.At.Line));
    }
}
