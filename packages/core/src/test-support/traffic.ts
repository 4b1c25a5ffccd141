import { traffic } from "../kernel/sql/traffic.ts";

/**
 * What `work` asks of the database. Nothing else may be at work in the process: stop the kernel's feed first.
 * @returns also what `work` returned
 */
export async function trafficOf<T>(work: () => Promise<T>): Promise<typeof traffic & { result: T }> {
	const before = { ...traffic };
	const result = await work();
	return {
		roundTrips: traffic.roundTrips - before.roundTrips,
		statements: traffic.statements - before.statements,
		plannedAnew: traffic.plannedAnew - before.plannedAnew,
		result,
	};
}
