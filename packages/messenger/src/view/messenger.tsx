import { useEffect, useRef } from "preact/hooks";
import type { MessengerParts } from "../mount.tsx";
import { t } from "../words.ts";
import { Dialog } from "./dialog.tsx";

/** The button, and behind it the conversation. */
export function Messenger({ model, share, settings }: MessengerParts) {
	const launcher = useRef<HTMLButtonElement>(null);
	const isOpen = model.isOpen.value;
	const wasOpen = useRef(false);
	const unread = model.unread.value;
	useEffect(() => {
		if (wasOpen.current && !isOpen) launcher.current?.focus();
		wasOpen.current = isOpen;
	}, [isOpen]);
	if (isOpen) return <Dialog model={model} share={share} settings={settings} />;
	return (
		<>
			<button
				ref={launcher}
				type="button"
				class="launcher"
				aria-label={unread > 0 ? t("launchNew", { count: unread }) : t("launch")}
				aria-haspopup="dialog"
				onClick={() => model.setOpen(true)}
			>
				<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
					<path d="M4 5h16v11H9l-5 4z" stroke-linejoin="round" />
				</svg>
				{unread > 0 && (
					<span class="badge" aria-hidden="true">
						{unread}
					</span>
				)}
			</button>
			<span class="hidden" role="status">
				{unread > 0 ? t("launchNew", { count: unread }) : ""}
			</span>
		</>
	);
}
