namespace ActorLoad.Messages.Scenarios;

internal enum TemplatePartKind
{
    Literal,
    UserId,
    UserType,
    Environment,
    NowMs,
    Uuid,
    Feed,
    Variable,
}
