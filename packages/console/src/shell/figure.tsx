import "./figures.css";
import type { ComponentChildren } from "preact";

/** Figures of this moment, beside each other. */
export function Figures({ children }: { children: ComponentChildren }) {
	return <dl class="figures-row">{children}</dl>;
}

export function Figure({ name, value, isBad = false }: { name: string; value: string | number; isBad?: boolean }) {
	return (
		<div data-tone={isBad ? "warn" : undefined}>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</div>
	);
}
