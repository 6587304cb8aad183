namespace ActorLoad.Messages.Scenarios;

/// <summary>One thing a user does. The subtypes in this folder are the complete list.</summary>
public abstract record Step;
