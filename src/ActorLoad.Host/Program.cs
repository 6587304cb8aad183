using ActorLoad.Host.Cli;

return await CommandTree.RunAsync(args);
