import { useEffect, useRef } from "preact/hooks";

/** Forms on the screen that hold something unsaved, as each of them says. */
const forms = new Set<() => boolean>();

/** Whether leaving the screen loses something. */
export function losesWork(): boolean {
	return [...forms].some((holds) => holds());
}

/** Adds a form that is asked before the screen is left. @returns what takes it out again */
export function guard(holds: () => boolean): () => void {
	forms.add(holds);
	return () => void forms.delete(holds);
}

/**
 * Leaving the screen or the page asks while a form holds something that is not saved, or shown only once.
 * @param kept the form keeps it in the tab by itself: only leaving the page asks
 */
export function useUnsaved(holds: () => boolean, { kept = false }: { kept?: boolean } = {}): void {
	const latest = useRef(holds);
	latest.current = holds;
	useEffect(() => {
		const warn = (event: BeforeUnloadEvent) => {
			if (latest.current()) event.preventDefault();
		};
		addEventListener("beforeunload", warn);
		const release = kept ? () => undefined : guard(() => latest.current());
		return () => {
			removeEventListener("beforeunload", warn);
			release();
		};
	}, [kept]);
}
