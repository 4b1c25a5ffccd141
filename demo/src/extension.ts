import { Answer, type ExtensionFactory, noPermission, publicRoute, route } from "@inlay/core";
import { playBen } from "./colleague/ben.ts";
import { writeDemoFile } from "./demo-file.ts";
import { demoPage } from "./demo-page.ts";
import { type DemoRole, people } from "./facts.ts";
import { createMailbox } from "./mailbox/mailbox.ts";
import { mailboxRoutes } from "./mailbox/routes.ts";
import { createPhone } from "./phone/phone.ts";
import { phoneRoutes } from "./phone/routes.ts";
import { createSamples } from "./samples/samples.ts";
import { seedDemo, whatWasMade } from "./seed.ts";
import { startDemoServers } from "./servers.ts";
import { tourRoutes } from "./tour/routes.ts";

/** The demo beside a server: its organization, its CRM and customer page on ports of their own, and a page that explains them. */
export const demoExtension: ExtensionFactory = async (kernel, services) => {
	const places = placesBeside(kernel.config.publicUrl, kernel.config.port);
	const made = await whatWasMade(kernel, services);
	const demo = await seedDemo(kernel, services, places, made);
	const { demoSamples: atFirstStart } = kernel.config;
	const samples = createSamples(kernel, services, { made, queueId: demo.queue.id, atFirstStart });
	const phone = createPhone(services);
	const mailbox = createMailbox(kernel, services);
	const ben = playBen(kernel, services, demo);
	let stopServers: (() => Promise<void>) | undefined;
	return {
		routes: [
			...tourRoutes(services, demo, {
				...{ ben, samples, phone, mailbox },
				log: (error) => kernel.log.error({ err: error }, "the demo's tour"),
			}),
			...phoneRoutes(phone, demo),
			...mailboxRoutes(mailbox, demo),
			route({
				method: "GET",
				path: "/",
				operationId: "getDemoPage",
				summary: "What runs here and where.",
				permission: noPermission,
				scope: publicRoute,
				hidden: true,
				success: { status: 200 },
				handler: () =>
					new Answer(200, demoPage(demo), {
						"content-type": "text/html; charset=utf-8",
						"cache-control": "no-store",
						"content-security-policy": contentPolicy,
					}),
			}),
		],
		demoUsers: roles
			.filter((role) => !demo.users[role].isDeleted)
			.map((role) => ({ role: people[role].about, ...demo.users[role] })),
		// Mails that wait are sent as soon as the domains start: they go nowhere while this is not there.
		async prepare() {
			await mailbox.start();
			return () => mailbox.stop();
		},
		async start() {
			stopServers = await startDemoServers(kernel, demo);
			await writeDemoFile(kernel.config.dataDir, demo);
			await ben.start();
			samples.start();
		},
		async stop() {
			await samples.stop();
			await ben.stop();
			await stopServers?.();
		},
	};
};

const roles = Object.keys(people) as DemoRole[];

/** The page loads nothing, runs nothing and is framed by nobody. */
const contentPolicy =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The two ports behind the server's, on the host by which browsers reach it. */
function placesBeside(publicUrl: string, port: number) {
	const { protocol, hostname } = new URL(publicUrl);
	return { crm: `${protocol}//${hostname}:${port + 1}`, customer: `${protocol}//${hostname}:${port + 2}` };
}
