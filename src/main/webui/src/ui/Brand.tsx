import styles from './Brand.module.css';

/** The product's name: the page's first heading, and where focus goes when what had it is gone. */
export function Brand() {
  return (
    <h1 className={styles.brand} data-focus-home tabIndex={-1}>
      <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" />
      Machine registry
    </h1>
  );
}
