import { Banner, Button } from "@inlay/ui";
import { keepAsFile } from "../../../shell/csv.ts";
import { failureText } from "../../../shell/failure.ts";
import { tell } from "../../../shell/notice.ts";
import type { BulkModel } from "./bulk-model.ts";
import type { OneByOne } from "./one-by-one.ts";
import { t } from "./strings.ts";

const mostNamed = 20;

/** How far it is, and who was refused for what. */
export function Outcomes({ each }: { each: OneByOne }) {
	const [done, total] = [each.outcomes.value.length, each.total.value];
	if (total === 0) return null;
	const { refused } = each;
	const unreached = total - done;
	if (each.busy.value) return <p role="status">{t("progress", { done, total })}</p>;
	return (
		<div role="status" class="ui-stack">
			{done > refused.length && <p>{t("done", { count: done - refused.length })}</p>}
			{refused.length > 0 && (
				<Banner tone="bad">
					{t("refused", { count: refused.length })}
					<ul class="plain-list">
						{refused.slice(0, mostNamed).map(({ user, error }) => (
							<li key={user.id}>
								{user.name}: {error && failureText(error)}
							</li>
						))}
						{refused.length > mostNamed && <li>…</li>}
					</ul>
				</Banner>
			)}
			{unreached > 0 && <Banner tone="warn">{t("unreached", { count: unreached })}</Banner>}
		</div>
	);
}

/** With how many it was done, and who was refused for what, line by line. */
export function linesOf(each: OneByOne): string[] {
	const { refused } = each;
	const names = refused.slice(0, mostNamed).map(({ user, error }) => `${user.name}: ${error && failureText(error)}`);
	const done = t("done", { count: each.outcomes.value.length - refused.length });
	return [done, ...(refused.length > 0 ? [t("refused", { count: refused.length }), ...names] : [])];
}

/** Passwords that stand nowhere else, as a file to be passed on. */
export function Passwords({ model }: { model: BulkModel }) {
	const count = model.passwords.value.length;
	if (count === 0) return null;
	return (
		<Banner tone="warn">
			<p>{t("passwords", { count })}</p>
			<Button
				onClick={() => {
					keepAsFile("one-time-passwords.csv", model.passwordsCsv());
					model.passwords.value = [];
					tell(t("passwordsKept"));
				}}
			>
				{t("keepPasswords")}
			</Button>
		</Banner>
	);
}
