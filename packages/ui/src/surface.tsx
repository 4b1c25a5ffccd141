import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

const toneIcons: Record<Tone, IconName> = {
	plain: "info",
	good: "check",
	warn: "warning",
	bad: "warning",
	info: "info",
};

/** A sentence across the width, with an optional action at its end. Urgent ones interrupt a screen reader. */
export function Banner({
	tone = "plain",
	icon,
	action,
	urgent,
	children,
}: {
	tone?: Tone;
	icon?: IconName;
	action?: ComponentChildren;
	urgent?: boolean;
	children: ComponentChildren;
}) {
	return (
		<div class="ui-banner" data-tone={tone} role={urgent ? "alert" : "status"}>
			<Icon name={icon ?? toneIcons[tone]} />
			<div class="ui-grow">{children}</div>
			{action}
		</div>
	);
}

/** A short word or count. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ComponentChildren }) {
	return (
		<span class="ui-badge" data-tone={tone}>
			{children}
		</span>
	);
}

/** What stands where a list or page has nothing to show: why, and what to do. */
export function EmptyState({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
	return (
		<div class="ui-empty">
			<Icon name={icon} size={24} />
			<h2>{title}</h2>
			{children}
		</div>
	);
}

/** A turning ring with a text for those who do not see it. */
export function Spinner({ label }: { label: string }) {
	return (
		<span role="status" class="ui-row">
			<span class="ui-spinner" aria-hidden="true" />
			<span class="ui-hidden">{label}</span>
		</span>
	);
}
