import "./copy-field.css";
import { Button } from "@inlay/ui";
import { useId, useRef, useState } from "preact/hooks";
import { t } from "./strings.ts";

/** A text to take along. Where the browser forbids copying, it is selected, so that the keyboard can. */
export function CopyField({ label, value, rows }: { label: string; value: string; rows?: number }) {
	const id = useId();
	const field = useRef<HTMLTextAreaElement>(null);
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		field.current?.select();
		const done = await navigator.clipboard?.writeText(value).then(
			() => true,
			() => false,
		);
		setCopied(done ?? false);
	};
	return (
		<div class="ui-field">
			<label for={id}>{label}</label>
			<div class="copy">
				<textarea
					id={id}
					ref={field}
					class="ui-input code"
					readOnly
					rows={rows ?? 1}
					value={value}
					spellcheck={false}
				/>
				<Button
					icon={copied ? "check" : "copy"}
					aria-label={t(copied ? "copiedNamed" : "copyNamed", { what: label })}
					onClick={() => void copy()}
				>
					{copied ? t("copied") : t("copy")}
				</Button>
			</div>
			<span class="ui-hidden" role="status">
				{copied ? t("copied") : ""}
			</span>
		</div>
	);
}
