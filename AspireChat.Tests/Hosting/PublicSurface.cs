using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AspireChat.Tests.Hosting;

/// <summary>Writes down what an assembly offers, one line a type and a member, so that it can be compared with a list.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(type => MembersOf(type).Prepend(Name(type)));

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{Name(type)}.{name} = {Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");

        return type.GetMembers(Declared).Where(IsOffered).Select(member => member switch
        {
            ConstructorInfo constructor => $"{Name(type)}({Parameters(constructor)})",
            MethodInfo method => $"{Name(type)}.{method.Name}{Generics(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
            PropertyInfo property => $"{Name(type)}.{property.Name} {{ {string.Join(' ', Accessors(property))} }} : {Name(property.PropertyType)}",
            FieldInfo field => $"{Name(type)}.{field.Name} : {Name(field.FieldType)}",
            _ => $"{Name(type)}.{member.Name}",
        });
    }

    /// <summary>Public or protected, and written by somebody: what the compiler adds to a record is no promise.</summary>
    private static bool IsOffered(MemberInfo member) => member switch
    {
        Type => false,
        MethodBase { IsSpecialName: true, IsConstructor: false } method => method.Name.StartsWith("op_Implicit", StringComparison.Ordinal),
        MethodBase method => IsVisible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !(method is ConstructorInfo && IsCopyConstructor(method)),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract",
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        _ => true,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopyConstructor(MethodBase method) =>
        method.GetParameters() is [var only] && only.ParameterType == method.DeclaringType;

    private static IEnumerable<string> Accessors(PropertyInfo property)
    {
        if (property.GetMethod is { } get && IsVisible(get))
            yield return "get;";
        if (property.SetMethod is { } set && IsVisible(set))
            yield return set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")
        + string.Join(", ", method.GetParameters().Select(parameter =>
            (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : "")
            + $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => $"{argument.Name}{Constraints(argument)}"))}>" : "";

    private static string Constraints(Type argument)
    {
        var constraints = argument.GetGenericParameterConstraints().Select(Name).ToList();
        if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            constraints.Insert(0, "class");
        if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            constraints.Add("new()");
        return constraints.Count == 0 ? "" : ": " + string.Join(" & ", constraints);
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (type.IsGenericParameter)
            return type.Name;
        if (!type.IsGenericType)
            return Shorten(type.FullName!);

        var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return $"{Shorten(type.GetGenericTypeDefinition().FullName!.Split('`')[0])}<{arguments}>";
    }

    private static string Shorten(string fullName) =>
        fullName.StartsWith("Aspire.Hosting.", StringComparison.Ordinal) ? fullName["Aspire.Hosting.".Length..] : fullName.Split('.')[^1];
}
