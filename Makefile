.PHONY: run-server run-client test bench

run-server:
	dotnet run --project src/JoChat.Gateway

run-client:
	dotnet run --project src/JoChat.Cli

test:
	dotnet test

bench:
	dotnet run -c Release --project bench/JoChat.Benchmarks
