import type { Value } from '../schema/types.ts';
import { valueOf, type FormulaFunction } from './formula-function.ts';
import { isBlank, type Checked, type Evaluation } from './formula-types.ts';

/** Functions that compare a record with what it was. They have no meaning in a formula field. */
export const CHANGE_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  /** False for a record that is being created. @see https://help.salesforce.com/s/articleView?id=platform.customize_functions_ischanged.htm */
  ISCHANGED: {
    ...ofField(),
    returns: () => 'Boolean',
    run: (args, evaluation) => {
      if (evaluation.readPrior === null) return false;
      const [before, now] = [prior(args, evaluation), valueOf(args, 0, evaluation)];
      return !(isBlank(before) && isBlank(now)) && before !== now;
    },
  },
  ISNEW: {
    least: 0,
    most: 0,
    expects: () => null,
    only: 'validation',
    returns: () => 'Boolean',
    run: (_args, { readPrior }) => readPrior === null,
  },
  /** The value itself for a record that is being created. @see https://help.salesforce.com/s/articleView?id=platform.customize_functions_priorvalue.htm */
  PRIORVALUE: {
    ...ofField(),
    returns: (args) => args[0]?.type ?? 'Null',
    run: (args, evaluation) => prior(args, evaluation),
  },
};

function ofField(): Pick<FormulaFunction, 'least' | 'most' | 'expects' | 'takesPicklist' | 'takesFields' | 'only'> {
  return { least: 1, most: 1, expects: () => null, takesPicklist: () => true, takesFields: true, only: 'validation' };
}

function prior(args: readonly Checked[], evaluation: Evaluation): Value {
  const { readPrior, read } = evaluation;
  return valueOf(args, 0, { ...evaluation, read: readPrior ?? read });
}
