import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

/** One entry of a menu. An entry with `checked` is one choice of several. */
export interface MenuItem {
	id: string;
	text: string;
	icon?: IconName;
	/** Drawn before the text instead of an icon, e.g. a status dot. */
	mark?: ComponentChildren;
	checked?: boolean;
	disabled?: boolean;
	/** Draws a line above the entry. */
	line?: boolean;
	/** Opens this address in a new window instead of calling `onSelect`. */
	href?: string;
	onSelect?: () => void;
}

export interface MenuProps {
	/** Accessible name of the button, also when it shows other content. */
	label: string;
	items: readonly MenuItem[];
	/** True when what the button shows, hidden text included, is name enough. */
	namedByContent?: boolean;
	/** What the button shows. */
	children: ComponentChildren;
	buttonClass?: string;
	align?: "start" | "end";
	side?: "above" | "below";
}

/** A menu button (WAI-ARIA pattern): arrows, Home, End, first letter, Escape, and focus back on the button. */
export function Menu({
	label,
	items,
	children,
	namedByContent,
	buttonClass = "ui-button",
	align = "start",
	side = "below",
}: MenuProps) {
	const [open, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	const listId = useId();
	useCloseOutside(root, open, () => setOpen(false));
	useEffect(() => {
		if (open) focusFirst(root.current);
	}, [open]);
	const close = () => {
		setOpen(false);
		button.current?.focus();
	};
	return (
		<div class="ui-menu" data-align={align} data-side={side} ref={root}>
			<button
				type="button"
				ref={button}
				class={buttonClass}
				aria-label={namedByContent ? undefined : label}
				title={label}
				aria-haspopup="menu"
				aria-expanded={open}
				aria-controls={open ? listId : undefined}
				onClick={() => setOpen(!open)}
				onKeyDown={(event) => {
					if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
					event.preventDefault();
					setOpen(true);
				}}
			>
				{children}
			</button>
			{open && (
				<div
					class="ui-menu-list"
					role="menu"
					id={listId}
					aria-label={label}
					tabIndex={-1}
					onKeyDown={(event) => onMenuKey(event, root.current, close)}
				>
					{items.map((item) => (
						<MenuEntry key={item.id} item={item} close={close} />
					))}
				</div>
			)}
		</div>
	);
}

function MenuEntry({ item, close }: { item: MenuItem; close: () => void }) {
	const content = (
		<>
			{item.mark ?? (item.icon && <Icon name={item.icon} size={16} />)}
			<span class="ui-grow">{item.text}</span>
			{item.checked && <Icon name="check" size={16} />}
		</>
	);
	const select = () => {
		close();
		item.onSelect?.();
	};
	return (
		<>
			{item.line && <hr class="ui-menu-line" />}
			{item.href ? (
				<a
					class="ui-menu-item"
					role="menuitem"
					href={item.href}
					target="_blank"
					rel="noopener noreferrer"
					tabIndex={-1}
					onClick={close}
				>
					{content}
				</a>
			) : (
				<button
					type="button"
					class="ui-menu-item"
					{...(item.checked === undefined
						? { role: "menuitem" }
						: { role: "menuitemradio", "aria-checked": item.checked })}
					tabIndex={-1}
					data-item={item.id}
					aria-disabled={item.disabled ? "true" : undefined}
					onClick={item.disabled ? undefined : select}
				>
					{content}
				</button>
			)}
		</>
	);
}

function entries(root: HTMLElement | null): HTMLElement[] {
	return [...(root?.querySelectorAll<HTMLElement>(".ui-menu-item") ?? [])];
}

function focusFirst(root: HTMLElement | null): void {
	const all = entries(root);
	(all.find((entry) => entry.getAttribute("aria-checked") === "true") ?? all[0])?.focus();
}

function onMenuKey(event: KeyboardEvent, root: HTMLElement | null, close: () => void): void {
	const all = entries(root);
	const at = all.indexOf(root?.ownerDocument.activeElement as HTMLElement);
	const target = nextEntry(event.key, all, at);
	if (target) {
		event.preventDefault();
		target.focus();
	} else if (event.key === "Escape" || event.key === "Tab") {
		if (event.key === "Escape") event.preventDefault();
		event.stopPropagation();
		close();
	}
}

function nextEntry(key: string, all: HTMLElement[], at: number): HTMLElement | undefined {
	if (key === "ArrowDown") return all[(at + 1) % all.length];
	if (key === "ArrowUp") return all[(at - 1 + all.length) % all.length];
	if (key === "Home") return all[0];
	if (key === "End") return all.at(-1);
	if (key.length !== 1 || key === " ") return undefined;
	const wanted = key.toLowerCase();
	const rotated = [...all.slice(at + 1), ...all.slice(0, at + 1)];
	return rotated.find((entry) => entry.textContent?.trim().toLowerCase().startsWith(wanted));
}

function useCloseOutside(root: { current: HTMLElement | null }, open: boolean, close: () => void): void {
	useEffect(() => {
		if (!open) return;
		const onDown = (event: Event) => {
			if (!root.current?.contains(event.target as Node)) close();
		};
		// The window that it is drawn in, which may be another one than this.
		const page = root.current?.ownerDocument.defaultView ?? window;
		page.addEventListener("pointerdown", onDown, true);
		page.addEventListener("blur", close);
		return () => {
			page.removeEventListener("pointerdown", onDown, true);
			page.removeEventListener("blur", close);
		};
	}, [open]);
}
