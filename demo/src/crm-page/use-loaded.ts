import { useEffect, useState } from "preact/hooks";
import { CrmError } from "./crm-client.ts";
import { lookAgainMs } from "./look-again.ts";

export type Loaded<T> = { kind: "loading" } | { kind: "ready"; value: T } | { kind: "failed"; text: string };

/**
 * Loads something for a component and again when `keys` change; what stood there before stays until then. Answers that
 * come too late are dropped. Where the server is away it is asked again until it is back.
 */
export function useLoaded<T>(load: () => Promise<T>, keys: readonly unknown[]): Loaded<T> {
	const [state, setState] = useState<Loaded<T>>({ kind: "loading" });
	useEffect(() => {
		let isCurrent = true;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const failed = (error: unknown) => {
			if (!isCurrent) return;
			setState({ kind: "failed", text: error instanceof Error ? error.message : "" });
			if (error instanceof CrmError && error.isAway) timer = setTimeout(attempt, lookAgainMs);
		};
		const attempt = () => void load().then((value) => isCurrent && setState({ kind: "ready", value }), failed);
		attempt();
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, keys);
	return state;
}
