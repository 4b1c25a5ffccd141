import { Banner } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { hrefOf } from "../../shell/router.ts";
import type { PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** The programs that go on without the person, who could act as them: nothing where there are none, or one may not see. */
export function KnownPrograms({ model, name }: { model: PersonModel; name: string }) {
	useEffect(() => void model.programs.load(), [model]);
	const programs = model.programs.value ?? [];
	if (programs.length === 0) return null;
	return (
		<Banner tone="warn">
			{t("programs", { name })}
			<ul class="plain-list">
				{programs.map((program) => (
					<li key={program.id}>
						<a href={hrefOf({ screen: "client", id: program.id })}>{program.name}</a>
					</li>
				))}
			</ul>
		</Banner>
	);
}
