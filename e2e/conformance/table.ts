import type { OperationResult, OperationState } from "./run.ts";

/** One line per feature with its counts, a total, and below it what is missing and what does not conform. */
export function conformanceTable(results: Iterable<OperationResult>): string {
	const all = [...results];
	const features = [...new Set(all.map((result) => result.operation.feature))];
	const rows = features.map((feature) =>
		row(
			feature,
			all.filter((result) => result.operation.feature === feature),
		),
	);
	return [
		cells("feature", "operations", "implemented", "conforming", "missing"),
		...rows,
		row("all", all),
		...list("Missing", all, "missing"),
		...list("Not conforming", all, "nonconforming"),
		...list("Implemented, not driven by the scenario", all, "unreached"),
		...unknownFieldLines(all),
	].join("\n");
}

/** `GET /api/v2/users (UsersApi.getUsers)`. */
export function operationName(result: OperationResult): string {
	const { method, path, sdkMethod } = result.operation;
	return `${method} ${path} (${sdkMethod})`;
}

function row(name: string, results: readonly OperationResult[]): string {
	const count = (state: OperationState) => results.filter((result) => result.state === state).length;
	const missing = count("missing");
	return cells(name, results.length, results.length - missing, count("conforming"), missing);
}

function cells(name: string, ...figures: (string | number)[]): string {
	return name.padEnd(24) + figures.map((figure) => String(figure).padStart(13)).join("");
}

function list(title: string, all: readonly OperationResult[], state: OperationState): string[] {
	const found = all.filter((result) => result.state === state);
	if (found.length === 0) return [];
	const lines = found.flatMap((result) => [
		`  ${operationName(result)}`,
		...result.reasons.slice(0, 8).map((reason) => `      ${reason}`),
	]);
	return ["", `${title} (${found.length}):`, ...lines];
}

function unknownFieldLines(all: readonly OperationResult[]): string[] {
	const found = all.filter((result) => result.unknownFields.length > 0);
	if (found.length === 0) return [];
	const lines = found.map((result) => `  ${operationName(result)}: ${result.unknownFields.join(", ")}`);
	return ["", "Fields that the SDK's types do not know (no fault):", ...lines];
}
