import { type BenchAgent, type BenchServer, someAtOnce } from "./server.ts";

/**
 * Makes notification channels, spread over the agents, each of which follows the presence of some of them.
 * @param which their numbers, so that later ones are spread on
 * @returns the addresses of their sockets
 */
export async function openChannels(
	server: BenchServer,
	agents: readonly BenchAgent[],
	which: { from: number; to: number; followed: number },
): Promise<string[]> {
	const { notifications, oauth } = server.inlay.services;
	const { from, to, followed } = which;
	const urls: string[] = [];
	await someAtOnce(to - from, async (index) => {
		const number = from + index;
		const principal = await oauth.authenticate(agents[number % agents.length]?.token ?? "");
		if (!principal) throw new Error("A bench agent's token is not known.");
		const { id } = await notifications.createChannel(principal, "plain");
		const topics = Array.from({ length: followed }, (_, step) => {
			const other = agents[(number + step * Math.ceil(agents.length / followed)) % agents.length];
			return `v2.users.${other?.id}.presence`;
		});
		await notifications.subscribe(principal, id, topics, { replace: true, ignoreErrors: false });
		urls.push(`ws://127.0.0.1:${server.port}/channels/${id}`);
	});
	return urls;
}
