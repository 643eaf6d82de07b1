"""Preprocessing, with NumPy."""
import numpy as np

from cases import Book, grid


def preprocessing(s):
    book = Book()

    def data(n, d):
        """Correlated columns with well separated scales."""
        mix = np.eye(d) + 0.4 * s.rng.normal(size=(d, d))
        x = s.rng.normal(size=(n, d)) * (2.0 ** -np.arange(d)) @ mix + s.rng.normal(size=d)
        return grid(x).numpy()

    def spectrum(x, ddof):
        """Mean, eigenvalues in falling order and eigenvectors as rows, sign fixed."""
        mean = x.mean(0)
        values, vectors = np.linalg.eigh((x - mean).T @ (x - mean) / (len(x) - ddof))
        values, rows = values[::-1], vectors.T[::-1]
        peak = rows[np.arange(len(rows)), np.abs(rows).argmax(1)]
        return mean, np.maximum(values, 0), rows * np.sign(peak)[:, None]

    def covariance(y, ddof):
        return np.cov(y, rowvar=False, ddof=ddof).reshape(y.shape[1], y.shape[1])

    sizes = [(s.int(8, 6, 14), s.int(3, 2, 4)), (s.int(12, 10, 20), s.int(4, 3, 5))]
    for n, d in sizes:
        x, other = data(n, d), data(3, d)
        mean, std = x.mean(0), x.std(0)
        book.put("center", operation="center", input=x, mean=mean, output=x - mean, other=other,
                 other_output=other - mean)
        book.put("standardize", operation="standardize", input=x, mean=mean, std=std,
                 std_unbiased=x.std(0, ddof=1), output=(x - mean) / std, other=other,
                 other_output=(other - mean) / std)
        for ddof in (0, 1):
            mean, values, rows = spectrum(x, ddof)
            for k in (d, d - 1):
                y = (x - mean) @ rows[:k].T
                book.put("pca", operation="pca", args={"ddof": ddof, "components": k}, input=x,
                         mean=mean, eigenvalues=values, directions=rows[:k], output=y,
                         output_covariance=np.diag(values[:k]),
                         explained=values[:k] / values.sum(), other=other,
                         other_output=(other - mean) @ rows[:k].T)
                assert np.allclose(covariance(y, ddof), np.diag(values[:k]))
            for eps in (0.0, s.num(1e-5, 1e-6, 1e-4), s.num(0.1, 0.01, 0.3)):
                args = {"ddof": ddof, "eps": eps}
                scale = 1 / np.sqrt(values + eps)
                y = (x - mean) @ rows.T * scale
                assert np.allclose(covariance(y, ddof), np.diag(values / (values + eps)))
                book.put("pca_whiten", operation="pca_whiten", args=args, input=x, mean=mean,
                         eigenvalues=values, directions=rows, output=y,
                         output_covariance=np.diag(values / (values + eps)), other=other,
                         other_output=(other - mean) @ rows.T * scale)
                W = rows.T * scale @ rows
                book.put("zca_whiten", operation="zca_whiten", args=args, input=x, mean=mean,
                         matrix=W, output=(x - mean) @ W,
                         output_covariance=covariance((x - mean) @ W, ddof), other=other,
                         other_output=(other - mean) @ W)
    x = data(s.int(8, 6, 10), 3)
    x[:, 1] = 2.5
    book.put("standardize", operation="standardize", tags=["constant_column"], input=x,
             note="column 1 is constant: standard deviation 0, output left to the implementation",
             mean=x.mean(0), std=x.std(0), std_unbiased=x.std(0, ddof=1))
    x = data(s.int(4, 3, 5), s.int(6, 7, 8))
    eps = s.num(0.01, 0.005, 0.1)
    for ddof in (0, 1):
        mean, values, rows = spectrum(x, ddof)
        W = rows.T / np.sqrt(values + eps) @ rows
        book.put("zca_whiten", operation="zca_whiten", args={"ddof": ddof, "eps": eps}, input=x,
                 note="fewer samples than columns", tags=["rank_deficient"], mean=mean, matrix=W,
                 output=(x - mean) @ W, output_covariance=covariance((x - mean) @ W, ddof))
    for shape in [(s.int(3, 2, 5), 3, 4, s.int(2, 3, 5)), (1, s.int(1, 2, 4), 3, 3)]:
        x = s.uniform(*shape, hi=255.0).numpy()
        mean, std = x.mean((0, 2, 3)), x.std((0, 2, 3))
        stretch = [v[None, :, None, None] for v in (mean, std)]
        book.put("image_channels", operation="image_channels", note="layout N, C, H, W", input=x,
                 mean=mean, std=std, std_unbiased=x.std((0, 2, 3), ddof=1),
                 output=(x - stretch[0]) / stretch[1])
    return book
