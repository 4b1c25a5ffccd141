import "./toasts.css";
import { Icon, IconButton, type IconName, readablePair } from "@inlay/ui";
import { t } from "./strings.ts";
import type { Toast, Toasts, ToastTone } from "./toasts.ts";

const icons: Record<ToastTone, IconName> = { info: "info", good: "check", warn: "warning", bad: "warning" };

/** The notices at the foot of the panel; they take room instead of covering buttons. Errors interrupt a screen reader, the others wait. */
export function ToastList({ toasts }: { toasts: Toasts }) {
	return (
		<div class="toasts">
			{toasts.list.value.map((toast) => (
				<ToastCard key={toast.id} toast={toast} dismiss={() => toasts.dismiss(toast.id)} />
			))}
		</div>
	);
}

function ToastCard({ toast, dismiss }: { toast: Toast; dismiss: () => void }) {
	const pair = readablePair(toast.theme?.primary, toast.theme?.text);
	return (
		<div
			class="toast"
			data-tone={toast.tone}
			role={toast.tone === "bad" ? "alert" : "status"}
			style={pair && { background: pair.primary, color: pair.text, borderColor: pair.primary }}
		>
			<Icon name={icons[toast.tone]} />
			{/* What a script or page has said may be in another language than the panel's. */}
			<span class="ui-grow" dir="auto">
				{toast.text}
			</span>
			<IconButton icon="close" size="small" label={t("dismiss")} onClick={dismiss} />
		</div>
	);
}
