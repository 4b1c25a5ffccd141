import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "./button.tsx";

/** A modal dialog on the native element: the browser keeps focus inside and closes it on Escape. */
export function Dialog({
	title,
	closeLabel,
	onClose,
	children,
}: {
	title: string;
	closeLabel: string;
	onClose: () => void;
	children: ComponentChildren;
}) {
	const element = useRef<HTMLDialogElement>(null);
	const titleId = useId();
	// Before anything is painted: what is typed right after the press that opened it belongs here.
	useLayoutEffect(() => {
		const dialog = element.current;
		// A page may draw in another window, whose elements are none of its classes.
		const page = dialog?.ownerDocument ?? document;
		const before = page.activeElement as HTMLElement | null;
		if (dialog && !dialog.open) dialog.showModal();
		// What is to be filled in comes before the way out.
		dialog?.querySelector<HTMLElement>("input, select, textarea")?.focus();
		return () => {
			dialog?.close();
			if (before?.isConnected) before.focus();
			// What opened it has gone, as after a deletion: the heading of the screen is the place to go on from.
			else page.querySelector<HTMLElement>("h1[tabindex]")?.focus();
		};
	}, []);
	return (
		<dialog
			class="ui-dialog"
			ref={element}
			aria-labelledby={titleId}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
		>
			<header>
				<h2 id={titleId}>{title}</h2>
				<IconButton icon="close" label={closeLabel} onClick={onClose} />
			</header>
			{children}
		</dialog>
	);
}
