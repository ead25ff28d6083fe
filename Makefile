.PHONY: run-server run-client cluster test test-fast bench torture publish pack

run-server:
	dotnet run --project src/JoChat.Gateway

run-client:
	dotnet run --project src/JoChat.Cli

# One store and two gateways, for a look: the second one's clients come to port 5556. Ctrl-C stops all three.
cluster:
	dotnet build -v q -nologo src/JoChat.Gateway
	@node() { exec dotnet run --no-build --project src/JoChat.Gateway -- --set jochat.cluster.role=$$1 \
	  --set jochat.cluster.port=$$2 --set jochat.cluster.seed-nodes=127.0.0.1:5590,127.0.0.1:5591 $$3; }; \
	node store 5590 & nodes=$$!; \
	node gateway 5591 & nodes="$$nodes $$!"; \
	node gateway 5592 "--port 5556 --http-port 5581" & nodes="$$nodes $$!"; \
	trap 'kill $$nodes' INT TERM; \
	wait; wait

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

# What operators install, in artifacts/ (docs/operations.md). RUNTIMES=linux-x64 makes one.
RUNTIMES = linux-x64 linux-musl-x64 linux-arm64 win-x64 osx-arm64

publish:
	packaging/publish $(RUNTIMES)

# The terminal client as a .NET tool, in artifacts/.
pack:
	dotnet pack src/JoChat.Cli -c Release -o artifacts -nologo -v q
