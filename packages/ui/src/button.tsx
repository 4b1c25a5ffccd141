import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonKind = "plain" | "primary" | "good" | "bad" | "quiet";

/** What every button takes beside the attributes of a native one. */
export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size"> {
	kind?: ButtonKind;
	size?: "small" | "medium";
	icon?: IconName;
	/** Fills the width of its container. */
	block?: boolean;
	/** Shows a spinner and refuses clicks, without losing focus. */
	busy?: boolean;
	children?: ComponentChildren;
}

/** A native button in one of the kit's looks. */
export function Button({
	kind = "plain",
	size = "medium",
	icon,
	block,
	busy,
	children,
	onClick,
	...rest
}: ButtonProps) {
	return (
		<button
			type="button"
			{...rest}
			class={`ui-button ${rest.class ?? ""}`}
			data-kind={kind}
			data-size={size}
			data-block={block ? "true" : undefined}
			aria-busy={busy ? "true" : undefined}
			aria-disabled={busy ? "true" : rest["aria-disabled"]}
			onClick={busy ? undefined : onClick}
		>
			{busy ? (
				<span class="ui-spinner" aria-hidden="true" />
			) : (
				icon && <Icon name={icon} size={size === "small" ? 15 : 18} />
			)}
			{children}
		</button>
	);
}

/** A square button that shows only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({
	label,
	icon,
	kind = "quiet",
	size = "medium",
	...rest
}: ButtonProps & { label: string; icon: IconName }) {
	return (
		<button
			type="button"
			title={label}
			{...rest}
			class={`ui-button ${rest.class ?? ""}`}
			data-kind={kind}
			data-size={size}
			data-shape="icon"
			aria-label={label}
		>
			<Icon name={icon} size={size === "small" ? 15 : 18} />
		</button>
	);
}
