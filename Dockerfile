# The environment of requirements.lock, and the project in it:
#   docker build -t dz_analysis . && docker run -p 8888:8888 dz_analysis
FROM python:3.12-slim
RUN useradd --create-home reader
WORKDIR /home/reader/dz_analysis
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=reader . .
RUN pip install --no-cache-dir --no-deps --editable . && chown reader .
USER reader
EXPOSE 8888
CMD ["jupyter", "lab", "--no-browser", "--ip=0.0.0.0", "--port=8888"]
