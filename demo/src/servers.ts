import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kernel } from "@inlay/core";
import { crmApi } from "./crm/api.ts";
import { openCrmStore } from "./crm/store.ts";
import type { DemoFile } from "./demo-file.ts";
import { defaultCaller, localPages, webChat } from "./facts.ts";
import { startSite } from "./site/site.ts";

const builtPages = fileURLToPath(new URL("../dist", import.meta.url));

/**
 * Starts the demo CRM and the customer page, each on an origin of its own: the two ports behind the API's.
 *
 * @returns stops both
 * @throws StartError `port.taken`
 */
export async function startDemoServers({ config, log }: Kernel, demo: DemoFile): Promise<() => Promise<void>> {
	const { host, port, publicUrl, panelUrl } = config;
	const common = {
		folder: builtPages,
		host,
		apiOrigin: publicUrl,
		panelOrigin: panelUrl,
		log: (error: unknown) => log.error({ err: error }, "demo server"),
	};
	const store = await openCrmStore(join(config.dataDir, "demo-crm.json"));
	const stopCrm = await startSite({
		...common,
		name: "the demo CRM",
		port: port + 1,
		origin: demo.crm,
		page: "crm",
		settings: {
			panelUrl: demo.deployment.url,
			demoPage: publicUrl,
			people: Object.values(demo.users)
				.filter(({ isDeleted }) => !isDeleted)
				.map(toOffer),
		},
		// `inlay dev` shows the CRM beside its inspector.
		framedBy: isLocal(demo.crm) ? localPages : [],
		answer: crmApi(store),
	});
	try {
		const stopCustomer = await startSite({
			...common,
			name: "the demo's customer page",
			port: port + 2,
			origin: demo.customer,
			page: "customer",
			embedsMessenger: true,
			settings: {
				api: publicUrl,
				service: demo.numbers.service,
				caller: defaultCaller,
				messenger: { script: `${publicUrl}/messenger/messenger.js`, deployment: webChat.id },
			},
		});
		return async () => void (await Promise.all([stopCrm(), stopCustomer()]));
	} catch (error) {
		await stopCrm();
		throw error;
	}
}

/** Whether only this machine's own pages can frame what is there. */
function isLocal(origin: string): boolean {
	return ["localhost", "127.0.0.1"].includes(new URL(origin).hostname);
}

/** Names and user names, never a password. */
function toOffer({ name, username }: { name: string; username: string }) {
	return { name, username };
}
