.PHONY: run-server run-client test test-fast bench torture

run-server:
	dotnet run --project src/JoChat.Gateway

run-client:
	dotnet run --project src/JoChat.Cli

test:
	dotnet test

test-fast:
	dotnet test --nologo -v q --filter "Speed!=Slow&FullyQualifiedName!~EndToEnd"

bench:
	dotnet build -c Release -v q -nologo bench/JoChat.Load
	dotnet run -c Release --no-build --project bench/JoChat.Load -- throughput --in-flight 32 --seconds 5
	dotnet run -c Release --no-build --project bench/JoChat.Load -- throughput --in-flight 1 --seconds 5
	dotnet run -c Release --no-build --project bench/JoChat.Load -- away --messages 20000
	dotnet run -c Release --no-build --project bench/JoChat.Load -- idle --connections 500
	dotnet run -c Release --no-build --project bench/JoChat.Load -- storm --connections 500

torture:
	dotnet run -c Release --project bench/JoChat.Load -- torture
