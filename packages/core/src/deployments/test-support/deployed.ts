import type { Clock } from "../../kernel/time/clock.ts";
import { type TestKernel, testKernel } from "../../test-support/test-kernel.ts";
import { Deployments } from "../deployments.ts";
import { type Deployment, privateTypeId } from "../model.ts";
import { deploymentStore } from "../store.ts";

export const knownGroup = "00000000-0000-4000-8000-0000000000aa";
export const knownClient = "00000000-0000-4000-8000-0000000000cc";

/** Deployments on a kernel, in an organization with one group and one OAuth client. */
export function deploymentsOn(kernel: TestKernel): Deployments {
	return new Deployments(kernel, deploymentStore(kernel.database.db), {
		unknownGroups: async (ids) => ids.filter((id) => id !== knownGroup),
		clientExists: async (id) => id === knownClient,
		holdGroups: async (_trx, ids) => new Set(ids.filter((id) => id === knownGroup)),
		holdUsers: async (_trx, ids) => new Set(ids),
		holdClients: async (_trx, ids) => new Set(ids.filter((id) => id === knownClient)),
	});
}

export async function deployed(clock?: Clock) {
	const kernel: TestKernel = await testKernel(clock ? { clock } : {});
	const deployments = deploymentsOn(kernel);

	/** Configures with the current version, changing only some properties. */
	async function configure(id: string, properties: Record<string, unknown>): Promise<Deployment> {
		const before = await deployments.get(id);
		return deployments.configure(id, {
			name: before.name,
			version: before.version,
			properties: { ...before.properties, ...properties },
			advanced: before.advanced,
			notes: before.notes,
			credentials: before.credentials,
		});
	}

	/** Installed, with a script, switched on. */
	async function active(
		name: string,
		properties: Record<string, unknown> = {},
		typeId = privateTypeId,
	): Promise<Deployment> {
		const { id } = await deployments.install({ name, typeId });
		await configure(id, { frameworkJs: "window.Framework = {};", ...properties });
		return deployments.switch(id, "ENABLED");
	}

	return { kernel, deployments, configure, active, close: () => kernel.close() };
}
