import { useEffect, useState } from "preact/hooks";

export type Loaded<T> = { kind: "loading" } | { kind: "ready"; value: T } | { kind: "failed"; text: string };

/**
 * Loads something for a component and again when `keys` change; what stood there before stays until then. Answers that
 * come too late are dropped.
 */
export function useLoaded<T>(load: () => Promise<T>, keys: readonly unknown[]): Loaded<T> {
	const [state, setState] = useState<Loaded<T>>({ kind: "loading" });
	useEffect(() => {
		let isCurrent = true;
		load().then(
			(value) => isCurrent && setState({ kind: "ready", value }),
			(error: unknown) => isCurrent && setState({ kind: "failed", text: error instanceof Error ? error.message : "" }),
		);
		return () => {
			isCurrent = false;
		};
	}, keys);
	return state;
}
