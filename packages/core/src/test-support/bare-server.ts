import { createServices, type Services } from "../app-services.ts";
import { ensureOrganization } from "../app-setup.ts";
import { readConfig } from "../kernel/config/config.ts";
import { testKernel } from "./test-kernel.ts";
import { fingerprint } from "./whole-server.ts";

/** A server's services on a database of its own, which start again and again: for what a start makes. No door is open. */
export interface BareServer {
	/** The services of a new start, before extensions are asked. Those of the one before end. */
	start(): Promise<Services>;
	kernel: Awaited<ReturnType<typeof testKernel>>;
	/** As of {@link fingerprint}. */
	fingerprint(): Promise<string>;
	close(): Promise<void>;
}

export async function bareServer(dataDir: string): Promise<BareServer> {
	const kernel = await testKernel({ config: readConfig(["--data", dataDir, "--demo", "--port", "8099"], {}) });
	let running: Services | undefined;
	async function end() {
		await running?.oauth.stop();
		await running?.users.stop();
		running?.authorization.stop();
		running?.stations.stop();
	}
	return {
		kernel,
		async start() {
			await end();
			running = createServices(kernel);
			await ensureOrganization(kernel, running);
			return running;
		},
		fingerprint: () => fingerprint(kernel),
		async close() {
			await end();
			await kernel.close();
		},
	};
}
