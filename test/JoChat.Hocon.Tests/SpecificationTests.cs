namespace JoChat.Hocon.Tests;

/// <summary>The edge cases of the specification, each with what it comes to.</summary>
public sealed class SpecificationTests
{
    /// <summary>Input, and the result as compact JSON with apostrophes for quotes.</summary>
    public static readonly TheoryData<string, string> Accepted = new()
    {
        // The root
        { "", "{}" },
        { " \n\t\r\n ", "{}" },
        { "{}", "{}" },
        { "\uFEFFa=1", "{'a':'1'}" },
        { "\n{a:1}\n", "{'a':'1'}" },
        { "# c", "{}" },
        { "{a:1} # c", "{'a':'1'}" },
        { "// c\na=1// d", "{'a':'1'}" },
        { "a=\"#//\" # c", "{'a':'#//'}" },

        // Fields and separators
        { "a:1,b:2,", "{'a':'1','b':'2'}" },
        { "a=1\nb=2\n", "{'a':'1','b':'2'}" },
        { "a=1\r\nb=2\r\n", "{'a':'1','b':'2'}" },
        { "a=1,\nb=2", "{'a':'1','b':'2'}" },
        { "a=1\n,b=2", "{'a':'1','b':'2'}" },
        { "{a:1,\n}", "{'a':'1'}" },
        { "a{b:1}", "{'a':{'b':'1'}}" },
        { "a\n{b:1}", "{'a':{'b':'1'}}" },
        { "a b {c=1}", "{'a b':{'c':'1'}}" },
        { "a=\n1", "{'a':'1'}" },
        { "a\n\n:\n\n1", "{'a':'1'}" },

        // Keys and paths
        { "a b c : 1", "{'a b c':'1'}" },
        { " a .b =1", "{'a ':{'b':'1'}}" },
        { "a.\"b.c\".d=1", "{'a':{'b.c':{'d':'1'}}}" },
        { "\"\".\"\"=1", "{'':{'':'1'}}" },
        { "-10=1", "{'-10':'1'}" },
        { "foo\"10.0\"=1", "{'foo10.0':'1'}" },
        { "3.14 = 1", "{'3':{'14':'1'}}" },
        { "10.0foo = 1", "{'10':{'0foo':'1'}}" },
        { "true=1,null=2,3=4", "{'true':'1','null':'2','3':'4'}" },
        { "1+=2", "{'1':['2']}" },

        // Texts and numbers
        { "a=/x/y", "{'a':'/x/y'}" },
        { "a=(42)", "{'a':'(42)'}" },
        { "a=a-b,b=1.0.0,c=10x", "{'a':'a-b','b':'1.0.0','c':'10x'}" },
        { "a=10e3e3", "{'a':'10e3e3'}" },
        { "a=1.0.", "{'a':'1.0.'}" },
        { "a=1-e3", "{'a':'1-e3'}" },
        { "a=truex", "{'a':'truex'}" },
        { "a=1e5,b=1e+5,c=-1.50E-2", "{'a':'1e5','b':'1e+5','c':'-1.50E-2'}" },
        { "a=null", "{'a':null}" },
        { "a=\"null\"", "{'a':'null'}" },
        { @"a=""\u0041\n\/\t""", @"{'a':'A\n/\t'}" },
        { "a=\"\"", "{'a':''}" },
        { "a=\"\"\"x\\n\"y\n z\"\"\"", @"{'a':'x\\n\'y\n z'}" },
        { "a=\"\"\"\"hello\"\"\"\"", @"{'a':'\'hello\''}" },

        // Concatenation
        { "a= null bar 42 \"baz\" true ", "{'a':'null bar 42 baz true'}" },
        { "a=x   y", "{'a':'x   y'}" },
        { "a=\" x \" y", "{'a':' x  y'}" },
        { "a=x\"y\"z", "{'a':'xyz'}" },
        { "a=[1] [2]", "{'a':['1','2']}" },
        { "a={b=1} {c=2}", "{'a':{'b':'1','c':'2'}}" },
        { "a{b=1}{c=2}", "{'a':{'b':'1','c':'2'}}" },
        { "a={\n}{\nb=1\n}", "{'a':{'b':'1'}}" },

        // Arrays
        { "a=[]", "{'a':[]}" },
        { "a=[1,2,]", "{'a':['1','2']}" },
        { "a=[1\n2\n]", "{'a':['1','2']}" },
        { "a=[\n1,\n2\n,3]", "{'a':['1','2','3']}" },
        { "a=[1 2]", "{'a':['1 2']}" },
        { "a=[[1],{b=2}]", "{'a':[['1'],{'b':'2'}]}" },

        // Merging
        { "a=1,a=2", "{'a':'2'}" },
        { "a.x=1,a.y=2", "{'a':{'x':'1','y':'2'}}" },
        { "a={x=1},a=42,a={y=2}", "{'a':{'y':'2'}}" },
        { "foo={a=1}, foo=null, foo={b=2}", "{'foo':{'b':'2'}}" },
        { "a={b=1}{b=2}", "{'a':{'b':'2'}}" },
        { "a={b=3},a={b=2}${a}", "{'a':{'b':'3'}}" },
        { "a.b.c=1,a={b={d=2}}", "{'a':{'b':{'c':'1','d':'2'}}}" },

        // Substitution
        { "a=${b},b=1", "{'a':'1','b':'1'}" },
        { "a=[1],b=${a}", "{'a':['1'],'b':['1']}" },
        { "a={x=1},b=${a}{y=2}", "{'a':{'x':'1'},'b':{'x':'1','y':'2'}}" },
        { "a=${b},b=null", "{'a':null,'b':null}" },
        { "a=${ b },b=1", "{'a':'1','b':'1'}" },
        { "a=${\"b.c\"},\"b.c\"=1", "{'a':'1','b.c':'1'}" },
        { "a=1,b=${a},a=2", "{'a':'2','b':'2'}" },
        { "b=${?NO}", "{}" },
        { "b=${?NO}${?NEITHER}", "{}" },
        { "l=[${?NO},1]", "{'l':['1']}" },
        { "s=x${?NO}y", "{'s':'xy'}" },
        { "a=${?NO}[1],b=${?NO}{x=1}", "{'a':['1'],'b':{'x':'1'}}" },
        { "secret=a, secret=${?NO}", "{'secret':'a'}" },
        { "b=1,b=${?b}x", "{'b':'1x'}" },
        { "y=[1],z=[4],x=${y}[3]${z}", "{'y':['1'],'z':['4'],'x':['1','3','4']}" },
        { "n=null,s=${n}x", "{'n':null,'s':'nullx'}" },
        { "a=1,b=${a.c},b=${?a.d},b=2", "{'a':'1','b':'2'}" },

        // Self-reference
        { "path=[a], path=${path}[b]", "{'path':['a','b']}" },
        { "a=1, a=${a}2", "{'a':'12'}" },
        { "a=${?a}foo", "{'a':'foo'}" },
        { "a=1,a=${a}x,a=${a}y", "{'a':'1xy'}" },
        { "a=1,a=${?a}f${?a}", "{'a':'1f1'}" },
        { "a={b=1},a={b=${a.b}2}", "{'a':{'b':'12'}}" },
        { "a={x=1},a=${a}{y=2},a=${a}{z=3}", "{'a':{'x':'1','y':'2','z':'3'}}" },
        { "foo:{a:{c:1}}, foo:${foo.a}, foo:{a:2}", "{'foo':{'a':'2','c':'1'}}" },
        { "bar:{foo:42,baz:${bar.foo}}, bar:{foo:43}", "{'bar':{'foo':'43','baz':'43'}}" },
        {
            "bar:{a:${foo.d},b:1}, bar.b=3, foo:{c:${bar.b},d:2}, foo.d=4",
            "{'bar':{'a':'4','b':'3'},'foo':{'c':'3','d':'4'}}"
        },
        { "a=${?b},b=${?a}", "{}" },
        { "a=1,a=${b},b=${a}", "{'a':'1','b':'1'}" },
        { "a={b=${?a},c=1}", "{'a':{'c':'1'}}" },
        { "a=${no},a=1", "{'a':'1'}" },
        { "a={b=${no}},a=1", "{'a':'1'}" },

        // Appending
        { "a+=1,a+=2", "{'a':['1','2']}" },
        { "a.b+=1,a.b+=2", "{'a':{'b':['1','2']}}" },
        { "a{b+=1},a{b+=2}", "{'a':{'b':['1','2']}}" },
        { "a+={x=1}", "{'a':[{'x':'1'}]}" },
        { "x=[1],a=${x},a+=${y},y=2", "{'x':['1'],'a':['1','2'],'y':'2'}" },
        { "a=[{b+=1,b+=2}]", "{'a':[{'b':['1','2']}]}" },

        // The word include where it is no statement
        { "\"include\"=1", "{'include':'1'}" },
        { "foo include : 1", "{'foo include':'1'}" },
        { "a=[include],b=include", "{'a':['include'],'b':'include'}" },
        { "include.a=1,includes=2", "{'include':{'a':'1'},'includes':'2'}" },
        { "include\"f\"", "{}" },
    };

    public static readonly TheoryData<string> Refused = new()
    {
        "{", "}", "a=1}", "{a=1", "[1]", "{a:1}x", "{}{}", "{a:1},",
        "a=", "a=\n", "a=,b=1", "=1", ":1", "+=1", "{a}", "{a,b=1}", ",a=1", "a=1,,", "a=1,\n,b=2", "a=1 b=2",
        "a=[1,,2]", "a=[,1]", "a=[", "a=[1", "a=[}", "a=1]", "a=[1]\n[2]",
        "a=\"x", "a=\"x\ny\"", "a=\"\"\"x\"\"", @"a=""\x""", @"a=""\u00g0""", @"a=""\u00""", "a=\"\\",
        "a..b=1", ".a=1", "a.=1", "${a}=1",
        "a=$", "a=${}", "a=${", "a=${b", "a=${ ?x}", "a=${${b}}", "a=${b.}", "a=${b\n}",
        "a=+", "a=@", "a=x@y", "a=10e+3e", "a=1+2", "a=10:30", "a=c2VjcmV0==", "a=b*", "a=C:\\x", "a=http://x",
        "a=x${b}z,b=[1]", "a=x${b}z,b={c=1}", "a=\"x\" [1]", "a=abc [1]", "a=null {}", "a=[1] {b=2}", "a=5,a+=1",
        "a=${NO}", "a=${a}", "a=${b},b=${a}", "a={b=${a}}", "a=[${a}]", "a=${b}x,b=${c},c=${a}", "z=${a.b},a={b=${?a}}",
        "include foo", "include \"f\":1", "include {a=1}", "include", "include=1", "include \"f\" \"g\"",
        "include ${f}", "include file(\"f\"", "include url(\"f\")", "include classpath(\"f\")",
        "include required(url(\"f\"))",
        "include \"../f\"", "include \"/f\"", "include \"\"", "include required(\"f\")",
        "include required(file(\"f\"))",
    };

    /// <summary>As <see cref="Accepted"/>, beside the files and the variable of <see cref="Surroundings"/>.</summary>
    public static readonly TheoryData<string, string> AcceptedInSurroundings = new()
    {
        { "secret=a, secret=${?ENV}", "{'secret':'variable'}" },
        { "ENV=null, secret=${?ENV}", "{'ENV':null,'secret':null}" },
        { "include \"f\"", "{'y':'1','x':'1'}" },
        { "include \"f\", x=2", "{'y':'2','x':'2'}" },
        { "x=0, include \"f\"", "{'x':'1','y':'1'}" },
        { "a { include \"f\" }", "{'a':{'y':'1','x':'1'}}" },
        { "z=5, a { include \"outward\" }", "{'z':'5','a':{'y':'5'}}" },
        { "a=[{include \"marked\"}]", "{'a':[{'x':'1'}]}" },
        { "include \"sub/nested\"", "{'beside':'yes'}" },
        { "include \"marked\"", "{'x':'1'}" },
        { "include \"missing\"", "{}" },
        { "include required(\"f\")", "{'y':'1','x':'1'}" },
    };

    public static readonly TheoryData<string> RefusedInSurroundings = new()
    {
        "include required(\"missing\")", "include \"needy\"", "include \"cycle\"", "include \"list\"",
    };

    private static readonly HoconOptions Surroundings = TestWorld.WithFiles(
        ("f.conf", "y=${x},x=1"), ("outward.conf", "y=${z}"), ("marked.conf", "\uFEFFx=1"), ("list.json", "[1]"),
        ("sub/nested.conf", "include \"beside\""), ("sub/beside.conf", "beside=yes"),
        ("needy.conf", "include required(\"missing\")"), ("cycle.conf", "x { include \"cycle\" }")) with
    {
        Environment = name => name == "ENV" ? "variable" : null,
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_text_comes_to_what_the_specification_says(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon));

    [Theory]
    [MemberData(nameof(AcceptedInSurroundings))]
    public void A_text_comes_to_what_its_files_and_variables_say(string hocon, string json) =>
        Assert.Equal(json, Json.Of(hocon, Surroundings));

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_text_that_breaks_the_rules_is_refused(string hocon) => AssertRefused(hocon, TestWorld.Nothing);

    [Theory]
    [MemberData(nameof(RefusedInSurroundings))]
    public void A_text_whose_files_break_the_rules_is_refused(string hocon) => AssertRefused(hocon, Surroundings);

    // file:line:column, what was expected, what came
    private static void AssertRefused(string hocon, HoconOptions options) => Assert.Matches(
        @"^[^:]+:[1-9]\d*:[1-9]\d*: expected .+, came .+$",
        Assert.Throws<HoconException>(() => Json.Of(hocon, options)).Message);
}
