import eslint from '@eslint/js';
import imports from 'eslint-plugin-import';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', '**/*.gen.ts', 'eslint.config.js'] },
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.strict,
  imports.flatConfigs.typescript,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import/resolver': { node: { extensions: ['.ts', '.tsx'] } } },
    rules: {
      'import/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A button's handler may be async: its errors are shown by the hook that made them.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', { max: 150, skipBlankLines: true }],
    },
  },
  {
    files: ['src/http/**', 'src/ui/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/machines/*', '**/session/*', '**/address/*'] }] },
  },
  {
    files: ['src/action/**', 'src/address/**', 'src/secret/**', 'src/session/**', 'src/teams/**', 'src/tokens/**', 'src/version/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/machines/*'] }] },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'src/testing/**'],
    rules: { 'max-lines': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
