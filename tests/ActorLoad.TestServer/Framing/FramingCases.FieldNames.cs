namespace ActorLoad.TestServer.Framing;

public static partial class FramingCases
{
    private static FramingCase[] FieldNames() =>
    [
        Case("Field unknown", LaunchDarkly + "unknown field is ignored",
            "event: greeting\ncolor: blue\ndata: Hello\n\n", Named("greeting", "Hello")),
        Case("Field unknown in every shape", Wpt + "format-field-unknown",
            "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n",
            Comment("thisisacommentyay"), Message("test\n\ntest")),
        Case("Field names that only resemble data", Wpt + "format-field-parsing",
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n",
            Message("\0\n 2\n1\n3\n\n4")),
        Case("Field name data in other cases", Interpreting, "Data: 1\nDATA: 2\ndatA: 3\ndata: 4\n\n", Message("4")),
        Case("Field name event in other cases", Interpreting, "Event: a\nEVENT: b\ndata: x\n\n", Message("x")),
        Case("Field name id in other cases", Interpreting, "Id: 1\nID: 2\niD: 3\ndata: x\n\n", Message("x")),
        Case("Field name retry in other cases", Interpreting, "Retry: 1\nRETRY: 2\ndata: x\n\n", Message("x")),
        Case("Field name with a space before the colon", Interpreting,
            "data : 1\nid : 2\nevent : e\nretry : 3\ndata: x\n\n", Message("x")),
        Case("Field name with a space in front", Interpreting,
            " data: 1\n id: 2\n event: e\n retry: 3\ndata: x\n\n", Message("x")),
        Case("Field name with a tab in front", Interpreting, "\tdata: 1\n\tid: 2\ndata: x\n\n", Message("x")),
        Case("Field name too short or too long", Interpreting,
            "dat: 1\ndataa: 2\ni: 3\nids: 4\neven: 5\nevents: 6\nretr: 7\nretrys: 8\ndata: x\n\n", Message("x")),
        Case("Field name is a prefix without a colon", Interpreting, "dat\ni\neven\nretr\nd\ndata\n\n", Message("")),
        Case("Field name and value without a colon", Interpreting, "data x\nid 1\nevent e\nretry 5\ndata: y\n\n", Message("y")),
        Case("Field name and value with another sign", Interpreting, "data=1\nid=2\ndata; 3\ndata: x\n\n", Message("x")),
        Case("Field name with a no-break space", Interpreting,
            Utf8("data\u00A0: 1\n\u00A0data: 2\ndata: x\n\n"), Message("x")),
        Case("Field name with broken UTF-8", Decode, "d\u00FFata: 1\ndata\u00C3: 2\n\u0080data: 3\ndata: x\n\n", Message("x")),
        Case("Field name in full-width letters", Interpreting, Utf8("ｄａｔａ: 1\ndata: x\n\n"), Message("x")),
        Case("Field unknown alone in its block", Interpreting, "foo: bar\n\nfoo\n\nx\n\n", []),
        Case("Field unknown keeps the last event id", Interpreting,
            "id: 1\ndata: a\n\nfoo: 2\n\ndata: b\n\n", Message("a", "1"), Message("b", "1")),
        Case("Field line that is one space", Interpreting, "data: a\n \ndata: b\n\n", Message("a\nb")),
        Case("Field line that is one tab", Interpreting, "data: a\n\t\n\n", Message("a")),
        Case("Field line that is one NUL", Interpreting, "data: a\n\0\n\n", Message("a")),
        Case("Field names of HTTP headers", Interpreting,
            "Content-Type: text/plain\nCache-Control: no-cache\ndata: x\n\n", Message("x")),
    ];
}
