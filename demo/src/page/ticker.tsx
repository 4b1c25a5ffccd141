import { useEffect, useState } from "preact/hooks";
import { clockText } from "./duration.ts";

/** A running clock since a moment in ms since 1970. Silent for screen readers: they would hear every second. */
export function Ticker({ since }: { since: number }) {
	const [now, setNow] = useState(Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 500);
		return () => clearInterval(timer);
	}, []);
	return (
		<span class="ui-number" aria-hidden="true">
			{clockText((now - since) / 1000)}
		</span>
	);
}
